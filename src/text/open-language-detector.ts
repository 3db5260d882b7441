/** UTF-16 units of a text used for detection; more costs time without better accuracy. */
const enough = 300;

/** Opens a detector of a text's language: an ISO 639-1 code, or null if the text is too short or mixed. */
export async function openLanguageDetector(): Promise<(text: string) => string | null> {
  const { eld } = await import('eld/small');
  return (text) => {
    const head = text.slice(0, enough * 4);
    const prose = /`|:\/\//.test(head)
      ? head.replace(/```[\s\S]*?(?:```|$)|`[^`\n]*`|https?:\/\/\S+/g, ' ')
      : head;
    const found = eld.detect(prose.slice(0, enough));
    return found.language !== '' && found.isReliable() ? found.language : null;
  };
}
