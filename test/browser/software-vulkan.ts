/** The software Vulkan that Chromium brings along: with it Dawn finds an adapter in Node on a machine without a driver. */
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { needChromium } from './find-chromium';

const driver = 'vk_swiftshader_icd.json';

/** Variables of the environment. @throws Error where the browser has none */
export function softwareVulkan(): NodeJS.ProcessEnv {
  // What is on the PATH may be a script; Debian keeps the rest here.
  const places = [dirname(realpathSync(needChromium())), '/usr/lib/chromium'];
  const folder = places.find((place) => existsSync(join(place, driver)));
  if (folder === undefined) throw new Error(`There is no ${driver} in ${places.join(' or ')}.`);
  return { LD_LIBRARY_PATH: folder, VK_ICD_FILENAMES: join(folder, driver) };
}
