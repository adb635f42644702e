/** The stand-in's control, as `sandbox/control` describes it. Refusals are Errors whose message is its sentence. */

export const get = (path, given = {}, signal) => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(given)) if (value !== null && value !== undefined) query.set(key, value);
  return answer(fetch(`/_sandbox/${path}?${query}`, { signal, cache: "no-store" }));
};

export const post = (path, given = {}) => {
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined));
  return answer(fetch(`/_sandbox/${path}`, { method: "POST", body: JSON.stringify(said) }));
};

async function answer(coming) {
  const response = await coming;
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `${response.status}`);
  return body;
}
