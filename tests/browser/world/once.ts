// Before the first story: what the stories need is there, and the pictures of the last run are gone.
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { BINARY, HERE, WEB_FILES } from './server.ts';

export default function once(): void {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: cargo build --features test-clock`);
  if (!existsSync(WEB_FILES)) throw new Error(`${WEB_FILES} is missing: cd web && npm run build`);
  rmSync(`${HERE}/shots`, { recursive: true, force: true });
  mkdirSync(`${HERE}/shots`);
}
