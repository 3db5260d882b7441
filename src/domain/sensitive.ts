/** Classes of personal data and secrets that the recognisers detect. */
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
/** One class of personal data or secrets. */
export type SensitiveClass = (typeof sensitiveClasses)[number];
