/** Where the connector is. Proactive calls go to the service that last spoke to us, as Microsoft's guidance asks. */

export type ServiceAddress = {
  current(): string;
  /** An authenticated activity came from here. */
  learn(serviceUrl: string): void;
};

export function createServiceAddress(initial: string): ServiceAddress {
  let address = initial;
  return {
    current: () => address,
    learn(serviceUrl) {
      address = serviceUrl;
    },
  };
}
