namespace Donmai.Workareas;

/// <summary>There is no room for a restored work area now: 503 with <c>Retry-After</c> (workareas.md §5).</summary>
[GenerateSerializer, Alias("donmai.RestoreSaturatedException")]
public sealed class RestoreSaturatedException : DonmaiException
{
    /// <summary>Creates the refusal.</summary>
    /// <param name="message">What there is no room in, and what makes room.</param>
    /// <param name="retryAfter">When to try again.</param>
    public RestoreSaturatedException(string message, TimeSpan retryAfter)
        : base(message)
    {
        RetryAfter = retryAfter;
    }

    /// <summary>When to try again.</summary>
    [Id(0)] public TimeSpan RetryAfter { get; private set; }
}
