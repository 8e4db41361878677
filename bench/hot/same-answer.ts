import { WrongAnswerError, type Caller } from '../support/caller.js';
import type { HotCase } from './cases.js';
import type { Stock } from './stock.js';

const NEW_EACH_TIME = /"(experiment_id|created_datetime|updated_datetime)":"[^"]*"/g;

/** A fast answer to another question would be worth nothing. @throws WrongAnswerError */
export async function requireSameAnswer(
  { calls, writes = false }: HotCase,
  stock: Stock,
  modelDb: Caller,
  floor: Caller,
): Promise<void> {
  const [call] = calls(stock);
  if (!call) throw new WrongAnswerError('nothing to ask');
  const bodies: string[] = [];
  for (const caller of [modelDb, floor]) {
    const { status, body } = await caller.send(call);
    if (status !== 200) throw new WrongAnswerError(`status ${status}`);
    bodies.push(writes ? body.replace(NEW_EACH_TIME, '"$1":""') : body);
  }
  if (bodies[0] !== bodies[1]) throw new WrongAnswerError('answers differ');
}
