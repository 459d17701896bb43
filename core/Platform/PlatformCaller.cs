using System.Runtime.CompilerServices;
using Donmai.Core.Sessions;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Donmai.Core.Platform;

/// <summary>Makes a call as often as it may be made, and tells what came of it in one of three ways.</summary>
/// <param name="doors">The orchestrators.</param>
/// <param name="clock">Measures time-outs and waits.</param>
internal sealed class PlatformCaller(PlatformDoors doors, TimeProvider clock)
{
    private static readonly ResiliencePropertyKey<PlatformTries> Tries = new("donmai.tries");

    private readonly ConditionalWeakTable<PlatformCall, ResiliencePipeline> _pipelines = []; // some calls are made up for one use

    /// <summary>Sends one request.</summary>
    /// <param name="api">The orchestrator's calls.</param>
    /// <param name="access">What the attempt is made with.</param>
    /// <param name="bearer">Its <c>Authorization</c>; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">Gives the attempt up.</param>
    public delegate Task<HttpResponseMessage> Send(IPlatformApi api, PlatformAccess access, string? bearer, CancellationToken cancellationToken);

    /// <summary>Makes a call.</summary>
    /// <param name="call">How.</param>
    /// <param name="source">Asked for access before every attempt.</param>
    /// <param name="send">Sends the request.</param>
    /// <param name="read">Makes a result of a success.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="PlatformException">It did not succeed.</exception>
    public async Task<T> Ask<T>(PlatformCall call, PlatformAccessSource source, Send send, Func<PlatformAnswer, Task<T>> read, CancellationToken cancellationToken)
    {
        using var step = SessionTrace.Begin($"platform {call.Name}", kind: System.Diagnostics.ActivityKind.Client);
        var tries = new PlatformTries();
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Tries, tries);
        try
        {
            return await _pipelines.GetValue(call, Pipeline)
                .ExecuteAsync(async attempt => await Attempt(tries, call, source, send, read, attempt.CancellationToken), context);
        }
        catch (Exception failure) when (failure is PlatformAttemptException or TimeoutRejectedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var told = tries.Tell(call, failure);
            step.Fail(told);
            throw told;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> Attempt<T>(
        PlatformTries tries, PlatformCall call, PlatformAccessSource source, Send send, Func<PlatformAnswer, Task<T>> read, CancellationToken cancellationToken)
    {
        var access = await source(cancellationToken);
        var address = PlatformDoors.Base(access.Url);
        tries.Begin(address);
        try
        {
            using var response = await send(doors.At(address), access, Bearer(access.Token), cancellationToken);
            var answer = new PlatformAnswer(call, address, access.Token, response, clock, cancellationToken);
            await answer.ExpectSuccess();
            return await read(answer);
        }
        catch (Exception failure) when (failure is not PlatformException)
        {
            cancellationToken.ThrowIfCancellationRequested(); // whatever else it met meanwhile, it was given up
            throw PlatformFailures.Explain(call, address, failure) ?? failure;
        }
    }

    private ResiliencePipeline Pipeline(PlatformCall call)
    {
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = clock };
        if (call.Overall is { } overall)
            pipeline.AddTimeout(overall);
        if (call.Waits.Count > 0)
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = call.Waits.Count,
                ShouldHandle = static attempt => ValueTask.FromResult(attempt.Outcome.Exception is TimeoutRejectedException or PlatformAttemptException { IsFinal: false }),
                DelayGenerator = attempt => ValueTask.FromResult<TimeSpan?>(Wait(call, attempt.AttemptNumber, attempt.Outcome.Exception)),
                OnRetry = attempt =>
                {
                    attempt.Context.Properties.GetValue(Tries, null!).Failed(attempt.Outcome.Exception);
                    return ValueTask.CompletedTask;
                },
            });
        return pipeline.AddTimeout(call.Timeout).Build();
    }

    /// <summary>The orchestrator can ask for a longer wait, not for a shorter one.</summary>
    private static TimeSpan Wait(PlatformCall call, int attempt, Exception? failure)
    {
        var usual = call.Waits[attempt];
        if (failure is not PlatformAttemptException { RetryAfter: { } asked })
            return usual;
        var allowed = asked < call.LongestRetryAfter ? asked : call.LongestRetryAfter;
        return allowed > usual ? allowed : usual;
    }

    private static string? Bearer(string token) => token.Length == 0 ? null : $"Bearer {token}";
}
