/** So much of a text tells its language; more only costs time. */
const enough = 300;

/** Says the language of a text as an ISO 639-1 code; null where the text is too short or mixed to tell. */
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
