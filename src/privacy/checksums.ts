/** Luhn checksum, ISO/IEC 7812-1 annex B: every second digit from the right doubled, sum divisible by ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    let digit = digits.charCodeAt(digits.length - 1 - place) - 48;
    if (place % 2 === 1) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
  }
  return digits.length > 1 && sum % 10 === 0;
}

/** ISO 7064 MOD 97-10 for IBANs: first four characters moved to the end, letters as 10..35, remainder 1. */
export function passesMod97(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    if (Number.isNaN(value)) return false;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** NHS number: weights 10..2 over nine digits, check digit 11 - (sum mod 11), where 11 becomes 0 and 10 is never issued. */
export function passesNhs(digits: string): boolean {
  if (digits.length !== 10) return false;
  const check = 11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return check !== 10 && check % 11 === Number(digits[9]);
}

/** Brazil's CPF: two check digits, each from the preceding digits with weights descending to 2, modulo 11. */
export function passesCpf(digits: string): boolean {
  if (digits.length !== 11 || new Set(digits).size === 1) return false;
  const check = (length: number) => {
    const weights = Array.from({ length }, (_unused, place) => length + 1 - place);
    return ((weightedSum(digits, weights) * 10) % 11) % 10;
  };
  return check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

/** Spain's DNI and NIE: check letter at number modulo 23; X, Y and Z count as 0, 1 and 2. */
export function passesDni(id: string): boolean {
  const number = id.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(number) % 23] === id.at(-1);
}

/** Poland's PESEL: weights 1 3 7 9 repeated, the sum with the check digit divisible by ten. */
export function passesPesel(digits: string): boolean {
  return digits.length === 11 && weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0;
}

/** France's NIR: 97 - (thirteen digits modulo 97); Corsica's departments 2A and 2B count as 19 and 18. */
export function passesNir(id: string): boolean {
  const number = BigInt(id.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97n - (number % 97n) === BigInt(id.slice(13));
}

/** Germany's Steuer-ID: ISO 7064 MOD 11,10; one or two digits of the first ten repeat, so eleven equal digits are invalid. */
export function passesSteuerId(digits: string): boolean {
  if (digits.length !== 11 || digits.startsWith('0')) return false;
  const distinct = new Set(digits.slice(0, 10)).size;
  if (distinct !== 9 && distinct !== 8) return false;
  let product = 10;
  for (const digit of digits.slice(0, 10)) {
    const sum = (Number(digit) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits[10]);
}

/** Italy's codice fiscale: separate tables for odd and even places; the sum modulo 26 gives the last letter. */
export function passesCodiceFiscale(id: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
  let sum = 0;
  for (let place = 0; place < 15; place += 1) {
    const code = id.charCodeAt(place);
    const value = code >= 65 ? code - 65 : code - 48;
    sum += place % 2 === 0 ? odd[value]! : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === id[15];
}

function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(digits[place]), 0);
}
