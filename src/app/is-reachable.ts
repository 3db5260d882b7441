const patienceMs = 2000;

/** Whether a server with models answers; one that only wants a key counts, a web server of another kind does not. */
export async function isReachable(baseUrl: string): Promise<boolean> {
  try {
    const response = await fetch(`${baseUrl.replace(/\/$/, '')}/models`, {
      signal: AbortSignal.timeout(patienceMs),
      redirect: 'manual',
    });
    await response.body?.cancel();
    return response.ok || response.status === 401 || response.status === 403;
  } catch {
    return false;
  }
}
