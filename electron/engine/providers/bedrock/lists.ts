/**
 * Where AWS lists its models: at the control plane, which takes the same keys and signatures. Newer models are called under profiles, which have a list of
 * their own: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModels.html, API_ListInferenceProfiles.html
 */
export function bedrockLists(baseUrl: string): readonly string[] {
  const controlPlane = baseUrl.replace('//bedrock-runtime.', '//bedrock.')
  return [`${controlPlane}/foundation-models`, `${controlPlane}/inference-profiles?maxResults=1000`]
}
