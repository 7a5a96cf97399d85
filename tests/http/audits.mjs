// Asks a live server all that the audits of graphql-http ask, and says how many it passes.
import { serverAudits } from 'graphql-http';

const [url, token] = process.argv.slice(2);
const withToken = (where, options = {}) =>
  fetch(where, { ...options, headers: { ...options.headers, authorization: `Bearer ${token}` } });

let failed = 0;
const audits = serverAudits({ url, fetchFn: withToken });
for (const audit of audits) {
  const result = await audit.fn();
  if (result.status !== 'ok') {
    failed += 1;
    console.log(`${result.status} ${audit.id} ${audit.name}: ${result.reason ?? ''}`);
  }
}
console.log(`${audits.length - failed} passed, ${failed} failed`);
process.exit(failed || audits.length !== 61 ? 1 : 0);
