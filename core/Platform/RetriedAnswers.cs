namespace Donmai.Core.Platform;

/// <summary>Which answers leave hope for the same call (platform-api.md §14). No answer at all, and one that cannot be read, always do.</summary>
public enum RetriedAnswers
{
    /// <summary>3xx, 408, 425, 429 and 5xx.</summary>
    Temporary,

    /// <summary>Those and 401: the next attempt has other credentials.</summary>
    TemporaryOrUnauthorized,

    /// <summary>Every one that is no success.</summary>
    Any,
}
