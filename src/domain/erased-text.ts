/** What stands where the words of an erased person were. */
export const erasedText = '[erased]';
