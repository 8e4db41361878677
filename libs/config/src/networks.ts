import { isIP } from 'node:net';
import { z } from 'zod';

/** Addresses and networks with commas between them. */
export const networks = z
  .string()
  .transform((text) => text.split(',').map((network) => network.trim()))
  .refine(
    (list) => list.every(isNetwork),
    'must be addresses or networks, such as 10.0.0.0/8,192.168.0.7,fd00::/8',
  );

/** No network is everything: whoever is believed by all could say to come from anywhere. */
function isNetwork(text: string): boolean {
  const [, address = '', length] = /^([^/%]+)(?:\/([1-9]\d{0,2}))?$/.exec(text) ?? [];
  const bits = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  return bits > 0 && Number(length ?? bits) <= bits;
}
