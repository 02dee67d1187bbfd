// The server of a story: a process of its own with a folder of its own, a clock that stories move, a log they read.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const HERE = resolve(import.meta.dirname, '..');
const ROOT = resolve(HERE, '../..');
export const BINARY = process.env.UNDERSIGNED_BINARY ?? join(ROOT, 'target/debug/undersigned');
export const WEB_FILES = join(ROOT, 'web/dist/index.html');
export const REGISTER = join(ROOT, 'server/demo/organisations.csv');

export class Server {
  /** As people reach it: `http://localhost:PORT`. */
  url = '';
  readonly folder = mkdtempSync(join(tmpdir(), 'undersigned-story-'));
  private process: ChildProcess | undefined;

  static async started(): Promise<Server> {
    const server = new Server();
    await server.start('127.0.0.1:0');
    return server;
  }

  /** The demo: a coalition, a draft, a page of letters. On a folder that has them already it changes nothing. */
  private async start(listen: string): Promise<void> {
    const child = spawn(BINARY, ['demo', '--listen', listen, '--data', join(this.folder, 'data')], {
      env: { ...process.env, UNDERSIGNED_LOG: 'debug', UNDERSIGNED_DATABASE: undefined, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    child.stderr.on('data', (bytes: Buffer) => appendFileSync(this.logFile, bytes));
    this.url = await new Promise((found, failed) => {
      createInterface(child.stdout).on('line', (line) => {
        if (line.startsWith('Listening on ')) found(line.slice('Listening on '.length).trim());
      });
      child.once('error', failed);
      child.once('exit', () => failed(new Error(`the server ended before it listened:\n${this.log()}`)));
    });
  }

  /** Of the running process; workers are others. */
  get pid(): number {
    return this.process?.pid ?? 0;
  }

  /** `kill -9`: nothing is flushed, nobody is told. */
  async isKilled(): Promise<void> {
    await this.ends('SIGKILL');
  }

  /** On the same folder and the same port, as a machine that comes back. */
  async startsAgain(): Promise<void> {
    await this.start(`127.0.0.1:${new URL(this.url).port}`);
  }

  private async ends(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.process;
    if (child === undefined) return 0;
    this.process = undefined;
    const ended = new Promise<number | null>((done) => child.once('close', done));
    child.kill(signal);
    return ended;
  }

  /** Moves the server's clock forward. Browsers have no clock of their own to disagree: pages ask the server. */
  async advances(seconds: number): Promise<void> {
    const done = await fetch(`${this.url}/test/clock`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ seconds }),
    });
    if (done.status !== 200) throw new Error(`the clock did not move (${done.status}): build with --features test-clock`);
  }

  /** The operator's `undersigned verify`: exit code and what it said. */
  verify(bundle: Uint8Array | string, key?: string): { code: number | null; said: string } {
    const done = spawnSync(BINARY, ['verify', '-', ...(key === undefined ? [] : ['--key', key])], { input: bundle, encoding: 'utf8' });
    return { code: done.status, said: done.stdout + done.stderr };
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  private get logFile(): string {
    return join(this.folder, 'server.log');
  }

  log(): string {
    return existsSync(this.logFile) ? readFileSync(this.logFile, 'utf8') : '';
  }

  /** The house is in order: it stops when told, and logged no error. Returns what is wrong. */
  async endsWell(): Promise<string[]> {
    const code = await this.ends('SIGTERM');
    const wrong = this.log()
      .split('\n')
      .filter((line) => /\bERROR\b|panicked/u.test(line));
    return code === 0 ? wrong : [...wrong, `the server ended with ${code}`];
  }

  forgets(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
