/** What a string may give away about a person, or open for a stranger. */
export const sensitiveClasses = [
  'email',
  'phone',
  'card',
  'iban',
  'ip_address',
  'us_ssn',
  'uk_nhs',
  'national_id',
  'passport',
  'birth_date',
  'secret',
] as const;
export type SensitiveClass = (typeof sensitiveClasses)[number];
