import { ModelDbClient } from './api-client.js';
import { ApiError, UnavailableError } from './errors.js';
import { readOptions, USAGE, UsageError, type Options } from './options.js';
import { OutputFolder } from './output-folder.js';
import { Progress } from './progress.js';
import { RetryingHttp } from './retrying-http.js';
import { train } from './train.js';
import { verify } from './verify.js';

async function main(progress: Progress): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) {
    console.log(USAGE);
    return 0;
  }
  const client = new ModelDbClient(connect(options, progress));
  const folder = new OutputFolder(options.outputFolder);
  const succeeded = options.verify
    ? await verify(client, folder, progress)
    : await train(client, folder, progress, options);
  return succeeded ? 0 : 1;
}

function connect({ url, patienceMs }: Options, progress: Progress): RetryingHttp {
  const onWait = (reason: string): void => {
    progress.clear();
    console.error(`waiting up to ${patienceMs / 1000} s for ${url} (${reason})`);
  };
  return new RetryingHttp({ baseUrl: url, patienceMs, onWait });
}

const progress = new Progress();
try {
  process.exitCode = await main(progress);
} catch (error) {
  progress.clear();
  process.exitCode = 1;
  if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
  else if (isExpected(error)) console.error(error.message);
  // Anything else is a fault of this program, and a fault needs its stack.
  else console.error(error);
}

/** Trouble with the service or with writing files; the message alone says what to do. */
function isExpected(error: unknown): error is Error {
  if (error instanceof ApiError || error instanceof UnavailableError) return true;
  return error instanceof Error && 'syscall' in error;
}
