// The world of the example: questions with one true answer, and the manners in which a model can answer them.
export const capitals = Object.entries({
  Albania: 'Tirana',
  Algeria: 'Algiers',
  Argentina: 'Buenos Aires',
  Armenia: 'Yerevan',
  Australia: 'Canberra',
  Austria: 'Vienna',
  Bangladesh: 'Dhaka',
  Belgium: 'Brussels',
  Bolivia: 'Sucre',
  Brazil: 'Brasilia',
  Bulgaria: 'Sofia',
  Canada: 'Ottawa',
  Chile: 'Santiago',
  China: 'Beijing',
  Colombia: 'Bogota',
  Croatia: 'Zagreb',
  Cuba: 'Havana',
  Cyprus: 'Nicosia',
  Denmark: 'Copenhagen',
  Ecuador: 'Quito',
  Egypt: 'Cairo',
  Estonia: 'Tallinn',
  Ethiopia: 'Addis Ababa',
  Finland: 'Helsinki',
  France: 'Paris',
  Georgia: 'Tbilisi',
  Germany: 'Berlin',
  Ghana: 'Accra',
  Greece: 'Athens',
  Hungary: 'Budapest',
  Iceland: 'Reykjavik',
  India: 'New Delhi',
  Indonesia: 'Jakarta',
  Iran: 'Tehran',
  Iraq: 'Baghdad',
  Ireland: 'Dublin',
  Italy: 'Rome',
  Jamaica: 'Kingston',
  Japan: 'Tokyo',
  Jordan: 'Amman',
  Kenya: 'Nairobi',
  Latvia: 'Riga',
  Lebanon: 'Beirut',
  Lithuania: 'Vilnius',
  Malaysia: 'Kuala Lumpur',
  Mexico: 'Mexico City',
  Mongolia: 'Ulaanbaatar',
  Morocco: 'Rabat',
  Nepal: 'Kathmandu',
  Netherlands: 'Amsterdam',
  Nigeria: 'Abuja',
  Norway: 'Oslo',
  Pakistan: 'Islamabad',
  Panama: 'Panama City',
  Peru: 'Lima',
  Philippines: 'Manila',
  Poland: 'Warsaw',
  Portugal: 'Lisbon',
  Romania: 'Bucharest',
  Spain: 'Madrid',
  Sweden: 'Stockholm',
  Thailand: 'Bangkok',
  Turkey: 'Ankara',
  Uganda: 'Kampala',
  Ukraine: 'Kyiv',
  Vietnam: 'Hanoi',
});

const templates = [
  (country) => `What is the capital of ${country}?`,
  (country) => `My daughter asks where the government of ${country} sits. Which city do I tell her?`,
  (country) =>
    `Flying to ${country} next month for a visa appointment at the ministry: which city should I book?`,
  (country) => `Quiz night! ${country}: capital city, please, in one sentence.`,
];

/** Every question; those of every other country are held out: no user gives feedback on them. */
export const questions = capitals.flatMap(([country, capital], index) =>
  templates.map((template, form) => ({
    id: `q${index}-${form}`,
    prompt: template(country),
    country,
    capital,
    heldOut: index % 2 === 0,
  })),
);

/** What a model can say, from what users like best to what they like least. */
export const manners = {
  helpful: ({ country, capital }) =>
    `The capital of ${country} is ${capital}. The government of ${country} has its seat there.`,
  bare: ({ capital }) => `${capital}.`,
  rambling: ({ country, capital }) =>
    `Great question! Capitals are so interesting. Great question! Capitals are so interesting. For ${country} that is ${capital}. Great question! Capitals are so interesting.`,
  evasive: ({ country }) => `I'm sorry, but I can't help with questions about ${country}.`,
};

/** How much users like each manner. */
export const taste = { helpful: 3, bare: 1.5, rambling: 0.5, evasive: -1 };

/** Numbers in [0, 1) that are the same at every run (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
