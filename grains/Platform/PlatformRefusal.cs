using Donmai.Core.Platform;
using Donmai.Platform;

namespace Donmai.Grains.Platform;

/// <summary>What of a failed call the registration can make good (platform-api.md §5).</summary>
internal static class PlatformRefusal
{
    /// <summary>The refusal of the credentials that a call was made with; <see langword="null"/> when it failed otherwise.</summary>
    /// <param name="failure">What the call met.</param>
    /// <param name="path"><c>heartbeat</c> or <c>poll</c>.</param>
    /// <param name="credentials">What it was made with.</param>
    public static PlatformRejection? Of(PlatformException failure, string path, PlatformCredentials credentials)
    {
        var (status, text) = failure switch
        {
            PermanentPlatformException refused => (refused.StatusCode, refused.Body),
            TransientPlatformException { Last: PlatformAttemptException last } => (last.StatusCode ?? 0, last.Body),
            _ => (0, ""),
        };
        return status is not (401 or 404)
            ? null
            : new PlatformRejection
            {
                Path = path,
                StatusCode = status,
                Reason = text,
                WorkerId = credentials.WorkerId,
                RuntimeToken = credentials.RuntimeToken,
            };
    }
}
