namespace Donmai.Worker.Workareas;

/// <summary>Why a file is not committed in the agent's place (worker.md §8.3). Stable wire strings.</summary>
internal static class LeftOutReason
{
    public const string Excluded = "excluded";
    public const string SecretName = "secret-name";
    public const string Secret = "secret";
    public const string TooLarge = "too-large";
    public const string Repository = "repository";
}
