CREATE TABLE account (
  name          text PRIMARY KEY,
  password_hash text NOT NULL,
  role          text NOT NULL CHECK (role IN ('ADMIN', 'DEVELOPER', 'OPERATOR', 'VIEWER')),
  enabled       boolean NOT NULL DEFAULT true,
  created_at    timestamptz NOT NULL DEFAULT now(),
  created_by    text NOT NULL
);

-- A refresh token and an API key are kept as the SHA-256 of what their owner holds.
CREATE TABLE refresh_token (
  hash       bytea PRIMARY KEY,
  account    text NOT NULL REFERENCES account (name) ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);

CREATE TABLE api_key (
  name         text PRIMARY KEY,
  hash         bytea NOT NULL UNIQUE,
  role         text NOT NULL CHECK (role IN ('ADMIN', 'DEVELOPER', 'OPERATOR', 'VIEWER')),
  created_at   timestamptz NOT NULL DEFAULT now(),
  created_by   text NOT NULL,
  expires_at   timestamptz
);

-- The key that signs tokens; its private part is encrypted with the platform's secret key.
CREATE TABLE signing_key (
  id         text PRIMARY KEY,
  ciphertext text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE access_audit (
  id     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at     timestamptz NOT NULL DEFAULT now(),
  who    text NOT NULL,
  action text NOT NULL,
  target text NOT NULL
);
