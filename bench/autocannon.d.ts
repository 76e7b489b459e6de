// What the measures use of autocannon 9, which carries no types of its own.
declare module 'autocannon' {
  namespace autocannon {
    type Request = {
      method: string;
      path: string;
      body?: string;
      setupRequest?(request: Request): Request;
      onResponse?(status: number, body: string): void;
    };
    type Client = {
      setRequests(requests: Request[]): void;
      on(event: 'response', heard: (status: number) => void): void;
    };
    type Options = {
      url: string;
      connections: number;
      /** Seconds; or so many requests in all. */
      duration?: number;
      amount?: number;
      headers: Record<string, string>;
      /** Requests a second, of all connections together. */
      overallRate?: number;
      setupClient?(client: Client): void;
    };
    type Result = {
      requests: { average: number; total: number };
      latency: { p99: number };
      non2xx: number;
      errors: number;
    };
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;
  export = autocannon;
}
