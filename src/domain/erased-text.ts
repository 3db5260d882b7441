/** Placeholder for the texts of an erased person. */
export const erasedText = '[erased]';
