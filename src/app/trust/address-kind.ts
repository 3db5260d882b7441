import { BlockList, isIP } from 'node:net';

/** Where an address leads, as far as the address alone shows it. Names are not resolved: nothing is sent. */
export type AddressKind = 'loopback' | 'link-local' | 'cloud metadata' | 'private network' | 'public';

/** Answers with the credentials of the machine: AWS, Azure, Google, Oracle, DigitalOcean; Azure's wire server; Alibaba. */
const metadataAddresses = blockList([
  '169.254.169.254/32',
  '169.254.170.2/32',
  '168.63.129.16/32',
  '100.100.100.200/32',
  'fd00:ec2::254/128',
]);
const metadataNames = ['metadata', 'metadata.google.internal', 'metadata.goog', 'instance-data'];
const loopback = blockList(['127.0.0.0/8', '0.0.0.0/32', '::1/128', '::/128']);
const linkLocal = blockList(['169.254.0.0/16', 'fe80::/10']);
const privateNetworks = blockList([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
]);

/**
 * @param hostname of a parsed URL, so that other spellings of an IPv4 address are normalised; IPv6 may have brackets.
 * @example addressKind(new URL('http://2130706433/').hostname) // 'loopback'
 */
export function addressKind(hostname: string): AddressKind {
  const name = hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  const ip = isIP(name);
  if (ip === 0) {
    if (name === 'localhost' || name.endsWith('.localhost')) return 'loopback';
    if (metadataNames.includes(name)) return 'cloud metadata';
    return name.endsWith('.local') || name.endsWith('.internal') || !name.includes('.')
      ? 'private network'
      : 'public';
  }
  const family = ip === 4 ? 'ipv4' : 'ipv6';
  if (metadataAddresses.check(name, family)) return 'cloud metadata';
  if (loopback.check(name, family)) return 'loopback';
  if (linkLocal.check(name, family)) return 'link-local';
  return privateNetworks.check(name, family) ? 'private network' : 'public';
}

function blockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string];
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4');
  }
  return list;
}
