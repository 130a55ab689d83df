/** Patterns of tokens recognized by their prefix, from vendors' documentation and secret scanners. */

export interface TokenShape {
  /** The kind of secret, in its vendor's words. */
  what: string;
  /**
   * Source of a regular expression without groups that matches from the start of a word. Every repetition has an upper
   * bound and none is nested, so that the time is linear in the text.
   */
  source: string;
  /** Minimum entropy in bits per character, together with a digit, for shapes that words may have as well. */
  entropy?: number;
}

const uuid = '[a-f0-9]{8}(?:-[a-f0-9]{4}){3}-[a-f0-9]{12}';
const end = '(?![A-Za-z0-9_-])';
const shape = (what: string, source: string): TokenShape => ({ what, source: `${source}${end}` });
/** For prefixes of ordinary names. */
const wordLike = (what: string, source: string): TokenShape => ({ ...shape(what, source), entropy: 3 });
/** Matches only the start of a token. */
const beginning = (what: string, source: string): TokenShape => ({ what, source });

/** Each must be a separate word. When two match at one place, the first counts. */
export const tokenShapes: readonly TokenShape[] = [
  // Platforms in China.
  shape('Alibaba Cloud access key', 'LTAI[A-Za-z0-9]{12,26}'),
  shape('Alibaba Cloud temporary access key', 'STS\\.N[A-Za-z0-9]{20,60}'),
  wordLike('Alibaba Cloud temporary access key', 'TMP\\.[A-Za-z0-9]{16,60}'),
  beginning('Alibaba Cloud security token', 'CAIS[A-Za-z0-9+/=]{100}'),
  shape('Tencent Cloud secret id', '(?:AKID|IKID)[A-Za-z0-9_-]{32}'),
  shape('Baidu AI Cloud API key', 'bce-v3/ALTAK-[A-Za-z0-9]{8,40}/[a-f0-9]{40}'),
  shape('Baidu AI Cloud access key', 'ALTAK[A-Za-z0-9-]{16,40}'),
  shape('Volcengine access key', 'AK(?:LT|TP)[A-Za-z0-9]{30,80}={0,2}'),
  shape('Volcengine Ark API key', `ark-${uuid}(?:-[a-z0-9]{4,8})?`),
  shape('ModelScope token', `ms-${uuid}`),
  shape('DingTalk signing secret', 'SEC[a-f0-9]{64}'),
  shape('ServerChan key', 'SCT\\d{1,8}T[A-Za-z0-9]{20,32}'),
  shape('Coze token', '(?:pat|sat)_[A-Za-z0-9]{48,80}'),
  wordLike('Dify API key', '(?:app|dataset)-[A-Za-z0-9]{24}'),
  wordLike('FastGPT API key', 'fastgpt-[A-Za-z0-9]{20,80}'),
  // Model platforms. Many makers begin with `sk-`; SiliconFlow goes on with letters alone.
  shape('model platform API key', 'sk-[a-z]{40,64}'),
  wordLike('model platform API key', 'sk-[A-Za-z0-9_-]{20,300}'),
  wordLike('model platform API key', 'csk-[a-z0-9]{40,60}'),
  shape('ElevenLabs API key', 'sk_[a-f0-9]{48}'),
  shape('xAI API key', 'xai-[A-Za-z0-9]{70,100}'),
  shape('Groq API key', 'gsk_[A-Za-z0-9]{48,60}'),
  shape('NVIDIA API key', 'nvapi-[A-Za-z0-9_-]{50,80}'),
  shape('Perplexity API key', 'pplx-[A-Za-z0-9]{40,60}'),
  shape('Fireworks API key', 'fw_[A-Za-z0-9]{22,24}'),
  shape('Together API key', 'tgp_v1_[A-Za-z0-9_-]{43}'),
  shape('Replicate token', 'r8_[A-Za-z0-9]{37}'),
  shape('Hugging Face token', '(?:hf|api_org)_[A-Za-z0-9]{34}'),
  shape('Jina API key', 'jina_[A-Za-z0-9_-]{50,70}'),
  shape('Tavily API key', 'tvly-(?:dev-|prod-)?[A-Za-z0-9]{28,40}'),
  shape('Firecrawl API key', 'fc-[a-f0-9]{32}'),
  shape('Pinecone API key', 'pcsk_[A-Za-z0-9_]{60,80}'),
  shape('LangSmith API key', 'lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10}'),
  shape('E2B API key', 'e2b_[a-f0-9]{40}'),
  shape('Amazon Bedrock API key', 'ABSK[A-Za-z0-9+/]{100,270}={0,2}'),
  shape('Weights & Biases API key', 'wandb_v1_[A-Za-z0-9_-]{60,120}'),
  // Clouds.
  shape('AWS access key', '(?:AKIA|ASIA|ABIA|ACCA|A3T[A-Z0-9])[A-Z2-7]{16}'),
  shape('Google API key', 'AIza[A-Za-z0-9_-]{35}'),
  shape('Google OAuth secret', 'GOCSPX-[A-Za-z0-9_-]{28}'),
  shape('Google OAuth token', 'ya29\\.[A-Za-z0-9_-]{40,1000}'),
  shape('Google OAuth token', '1//0[A-Za-z0-9_-]{40,200}'),
  shape('DigitalOcean token', 'do[opr]_v1_[a-f0-9]{64}'),
  shape('Heroku API key', 'HRKU-[A-Za-z0-9_-]{36,70}'),
  shape('Cloudflare origin CA key', 'v1\\.0-[a-f0-9]{24}-[a-f0-9]{146}'),
  shape('Netlify token', 'nfp_[A-Za-z0-9_]{36,44}'),
  shape('Supabase token', '(?:sbp_[a-f0-9]{40}|sb_secret_[A-Za-z0-9_-]{30,50})'),
  shape('PlanetScale token', 'pscale_(?:tkn|oauth|pw)_[A-Za-z0-9_.=-]{32,64}'),
  shape('Neon API key', 'napi_[a-z0-9]{60,70}'),
  beginning('Fly.io token', '(?:fo1_[A-Za-z0-9_-]{43}|fm[12][ar]?_[A-Za-z0-9+/]{100})'),
  shape('Databricks token', 'dapi[a-f0-9]{32}(?:-\\d)?'),
  shape('Tailscale key', 'tskey-(?:auth|api|client)-[A-Za-z0-9]{8,20}-[A-Za-z0-9]{20,40}'),
  shape('OpenShift token', 'sha256~[A-Za-z0-9_-]{43}'),
  // Secrets of infrastructure.
  shape('Vault token', 'hv[sbr]\\.[A-Za-z0-9_-]{24,300}'),
  shape('Pulumi token', 'pul-[a-f0-9]{40}'),
  shape('Doppler token', 'dp\\.(?:pt|st|ct|sa|scim|audit)\\.(?:[a-z0-9_-]{2,35}\\.)?[A-Za-z0-9]{40,44}'),
  beginning('1Password token', 'ops_eyJ[A-Za-z0-9+/=_-]{200}'),
  shape('1Password secret key', 'A3-[A-Z0-9]{6}-[A-Z0-9]{6}-?[A-Z0-9]{5}(?:-[A-Z0-9]{5}){3}'),
  shape('age secret key', 'AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}'),
  // Code and packages.
  shape('GitHub token', 'gh[pousr]_[A-Za-z0-9_.-]{36,600}'),
  shape('GitHub token', 'github_pat_[A-Za-z0-9_]{60,100}'),
  shape(
    'GitLab token',
    '(?:gl(?:pat|dt|rt|rtr|ptt|oas|soat|cbt|imt|ft|ffct|agent|wt)-[A-Za-z0-9_.-]{20,300}|GR1348941[A-Za-z0-9_-]{20})',
  ),
  shape('Bitbucket token', 'ATBB[A-Za-z0-9]{32}'),
  shape('Atlassian token', 'AT(?:ATT3|CTT3)[A-Za-z0-9_=-]{50,250}'),
  shape('npm token', 'npm_[A-Za-z0-9]{36}'),
  shape('PyPI token', 'pypi-AgE[A-Za-z0-9_-]{50,1000}'),
  shape('RubyGems token', 'rubygems_[a-f0-9]{48}'),
  wordLike('crates.io token', 'cio[A-Za-z0-9]{32}'),
  shape('NuGet API key', 'oy2[a-z0-9]{43}'),
  shape('Clojars token', 'CLOJARS_[a-z0-9]{60}'),
  shape('Docker Hub token', 'dckr_[po]at_[A-Za-z0-9_-]{20,60}'),
  shape('JFrog token', '(?:AKCp[A-Za-z0-9]{60,80}|cmVmd[A-Za-z0-9]{59})'),
  shape('CircleCI token', 'CCIPAT_[A-Za-z0-9]{20,24}_[a-f0-9]{40}'),
  shape('Buildkite token', 'bkua_[a-f0-9]{40}'),
  shape('Render API key', 'rnd_[A-Za-z0-9]{28,36}'),
  shape('SonarQube token', 'sq[uap]_[a-f0-9]{40}'),
  shape('Sourcegraph token', 'sgp_(?:[a-fA-F0-9]{16}_|local_)?[a-fA-F0-9]{40}'),
  shape('Postman API key', 'PMAK-[a-fA-F0-9]{24}-[a-fA-F0-9]{34}'),
  shape('Octopus Deploy API key', 'API-[A-Z0-9]{26}'),
  // Messages.
  shape('Slack token', 'xox[abeoprs](?:\\.xox[bp])?-[A-Za-z0-9-]{20,250}'),
  shape('Slack token', 'xapp-[A-Za-z0-9-]{20,200}'),
  shape('SendGrid key', 'SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{16,64}'),
  shape('Brevo API key', 'x(?:keysib|smtpsib)-[a-f0-9]{64}-[A-Za-z0-9]{16}'),
  shape('Mailgun API key', 'key-[a-f0-9]{32}'),
  shape('Twilio API key', 'SK[a-f0-9]{32}'),
  // Payments and shops.
  shape('Stripe key', '(?:sk|rk)_(?:live|test|prod)_[A-Za-z0-9]{16,250}'),
  shape('Stripe webhook secret', 'whsec_[A-Za-z0-9+/]{24,80}={0,2}'),
  shape('Square token', '(?:sq0(?:atp|csp)-[A-Za-z0-9_-]{22,60}|EAAA[A-Za-z0-9_-]{60})'),
  shape('Shopify token', 'shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}'),
  shape('PayPal token', 'access_token\\$(?:production|sandbox)\\$[a-z0-9]{10,20}\\$[a-f0-9]{32}'),
  shape('Shippo token', 'shippo_(?:live|test)_[a-f0-9]{40}'),
  shape('EasyPost API key', 'EZ[AT]K[A-Za-z0-9]{54}'),
  // Services.
  shape('Airtable token', 'pat[A-Za-z0-9]{14}\\.[a-f0-9]{64}'),
  shape('Linear API key', 'lin_(?:api|oauth)_[A-Za-z0-9]{40,64}'),
  shape('Notion token', '(?:ntn_[0-9]{11}[A-Za-z0-9]{35}|secret_[A-Za-z0-9]{43})'),
  shape('Figma token', 'fig[duo]_?[A-Za-z0-9_-]{40}'),
  shape('Typeform token', 'tfp_[A-Za-z0-9_.=-]{40,70}'),
  shape('Contentful token', 'CFPAT-[A-Za-z0-9_-]{43}'),
  shape('LaunchDarkly key', `(?:sdk|api)-${uuid}`),
  shape('Mapbox secret token', 'sk\\.eyJ[A-Za-z0-9_-]{40,120}\\.[A-Za-z0-9_-]{22}'),
  shape('Facebook token', 'EAAC?[A-Za-z0-9]{100,300}'),
  shape('Firebase server key', 'AAAA[A-Za-z0-9_-]{7}:APA91b[A-Za-z0-9_-]{100,200}'),
  // Observation.
  shape('Sentry token', 'sntr(?:ys|yu)_[A-Za-z0-9+/=_]{40,400}'),
  shape('Grafana token', '(?:glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|glc_[A-Za-z0-9+/]{32,400}={0,2})'),
  shape('New Relic key', 'NR(?:AK|II|JS|AA)-[A-Za-z0-9-]{19,40}'),
  shape('Dynatrace token', 'dt0[a-z]\\d{2}\\.[A-Z0-9]{8,24}\\.[A-Z0-9]{64}'),
  shape('PostHog key', 'phx_[A-Za-z0-9]{40,60}'),
  // A private key that is itself in Base64: `-----BEGIN … PRIVATE KEY`.
  beginning(
    'private key',
    'LS0tLS1CRUdJTi(?:BQUklWQVRF|BSU0EgUFJJVkFUR|BFQyBQUklWQVRF|BPUEVOU1NIIFBSSVZBVE|BEU0EgUFJJVkFUR|BFTkNSWVBURUQgUFJJVkFUR)[A-Za-z0-9+/=]{16}',
  ),
  beginning('JSON Web Token', 'eyJ[A-Za-z0-9_-]{10,4000}\\.eyJ[A-Za-z0-9_-]{10,20000}\\.[A-Za-z0-9_-]{20}'),
];

/** Tokens that start with hexadecimal digits; kept apart, as the search for the others is faster without them. */
export const hexadecimalShapes: readonly TokenShape[] = [
  // Requires a capital after the point, as file names with a hash have none.
  shape('Zhipu API key', '[a-f0-9]{32}\\.(?=[A-Za-z0-9]{0,15}[A-Z])[A-Za-z0-9]{16}'),
  shape('Mailgun API key', '[a-f0-9]{32}-[a-f0-9]{8}-[a-f0-9]{8}'),
  shape('Mailchimp API key', '[a-f0-9]{32}-us\\d{1,2}'),
];
