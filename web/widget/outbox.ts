interface Letter {
  readonly id: string;
  at?: string;
}

/**
 * Keeps events until the server has answered: through lost connections, failures of the server and the end of the
 * page. An event keeps its id, so that one that arrived twice counts once.
 */
export function createOutbox(url: string, key: string | undefined) {
  const place = `quorate ${url}`;
  const onRefusal: Record<string, () => void> = {};
  let letters: Letter[] = [];
  let storage: Storage | undefined;
  let busy = false;
  let pauseMs = 500;
  try {
    storage = localStorage;
  } catch {}

  const read = () => {
    try {
      letters = JSON.parse(storage?.getItem(place) ?? '0') || letters;
    } catch {}
    return letters;
  };
  const write = (next: Letter[]) => {
    letters = next.slice(-99);
    try {
      storage?.setItem(place, JSON.stringify(letters));
    } catch {
      storage = undefined;
    }
  };

  const deliver = async () => {
    if (busy) return;
    busy = true;
    try {
      for (let letter = read()[0]; letter; letter = read()[0]) {
        const body = JSON.stringify(letter);
        const { ok, status } = await fetch(url, {
          method: 'POST',
          body,
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          // lets it arrive when the page has gone; browsers allow 64 KB
          keepalive: body.length < 2e4,
        });
        if (status === 429 || status > 499) throw status;
        // where the clock of this machine is wrong, that of the server decides
        const again = status === 422 && letter.at;
        const rest = read().filter(({ id }) => id !== letter!.id);
        write(again ? [{ ...letter, at: undefined } as unknown as Letter, ...rest] : rest);
        if (!ok && !again && status !== 409) onRefusal[letter.id]?.();
        pauseMs = 500;
      }
    } catch {
      pauseMs = Math.min(pauseMs * 2, 6e4);
      setTimeout(deliver, pauseMs);
    }
    busy = false;
  };

  addEventListener('online', deliver);
  void deliver();
  return (event: object, refused: () => void) => {
    const id = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(36)).join('');
    onRefusal[id] = refused;
    write([...read(), { id, at: new Date().toISOString(), ...event }]);
    void deliver();
  };
}
