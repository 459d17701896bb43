using Polly.Timeout;

namespace Donmai.Core.Platform;

/// <summary>The attempts of one call, as far as they have come.</summary>
internal sealed class PlatformTries
{
    private int _count;
    private Uri? _address;
    private PlatformAttemptException? _last;

    /// <summary>Another attempt begins.</summary>
    public void Begin(Uri address)
    {
        _count++;
        _address = address;
    }

    /// <summary>An attempt has failed, and another one follows.</summary>
    public void Failed(Exception? failure) => _last = failure as PlatformAttemptException;

    /// <summary>What the caller is told when no attempt has succeeded.</summary>
    /// <param name="call">The call.</param>
    /// <param name="failure">What ended it.</param>
    public PlatformException Tell(PlatformCall call, Exception failure) => failure switch
    {
        PlatformAttemptException { IsFinal: true } refused => new PermanentPlatformException(refused.Message, refused.StatusCode ?? 0, refused.Body),
        PlatformAttemptException failed => new TransientPlatformException(Math.Max(1, _count), failed),
        TimeoutRejectedException late when late.Timeout == call.Overall && _last is { } last => new TransientPlatformException(_count, last),
        TimeoutRejectedException late => new TransientPlatformException(Math.Max(1, _count), PlatformFailures.Late(call, _address, late)),
        _ => new TransientPlatformException(Math.Max(1, _count), failure),
    };
}
