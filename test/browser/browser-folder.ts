/** What a browser keeps on disk while it runs. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Waits until this process has ended; where that left the folder, removes it for a minute: the browser, ending, writes to it. */
const removeAfter =
  'read -r _; [ -e "$0" ] || exit; i=0; while [ $i -lt 60 ]; do rm -rf -- "$0"; sleep 1; i=$((i+1)); done';

/** Chromium's sockets lie in it, and it ends at once where their paths are longer than systems take. */
const longest = 45;

/** A new folder for temporary files; `remove` removes it, and so does the end of this process, whatever ends it. */
export function browserFolder(): { path: string; remove: () => void } {
  const place = process.platform !== 'win32' && tmpdir().length > longest ? '/tmp' : tmpdir();
  const path = mkdtempSync(join(place, 'dicke-'));
  if (process.platform !== 'win32') {
    const watcher = spawn('sh', ['-c', removeAfter, path], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    // Without it a killed process leaves the folder behind; no reason not to run.
    watcher.on('error', () => {});
    watcher.unref();
    (watcher.stdin as Socket).unref();
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}
