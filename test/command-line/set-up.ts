/** What the tests of the command line run with, installed and built once for all of them. */
import { lab } from './lab-process';

export default async function setUp(): Promise<void> {
  const { status, stderr } = await lab(['--version']);
  if (status !== 0) throw new Error(`The command line could not be built: ${stderr}`);
}
