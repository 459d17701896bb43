using System.Collections.Concurrent;
using Donmai.Daemon;
using Microsoft.Extensions.Logging;

namespace Donmai.Core.Daemon.Doctor;

/// <summary>
/// Looks at everything at the same time, each thing for two seconds at most (control-api.md §4.13). A look that hangs, say on a disk that does not
/// answer, is not begun a second time while it does.
/// </summary>
/// <param name="checks">The checks there are.</param>
/// <param name="clock">Source of time.</param>
/// <param name="logger">Told of checks that fail in a way they did not foresee.</param>
public sealed partial class DoctorRound(IEnumerable<IDoctorCheck> checks, TimeProvider clock, ILogger<DoctorRound> logger)
{
    /// <summary>Longest time for one check.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    private readonly List<IDoctorCheck> _checks = [.. checks];
    private readonly ConcurrentDictionary<string, Lazy<Task<CheckOutcome>>> _looking = new(StringComparer.Ordinal);

    /// <summary>Names of the published checks, in their order (control-api.md §4.13).</summary>
    public static IReadOnlyList<string> Published { get; } = ["config", "orchestrator", "credentials", "disk", "kits", "workareas", "git"];

    /// <summary>Names of the additive checks, in their order; those that a caller adds follow.</summary>
    public static IReadOnlyList<string> OfHost { get; } = ["providers", "worker", "limits", "clock", "last-exit"];

    /// <summary>Looks at everything.</summary>
    public async Task<DoctorFindings> Look()
    {
        var found = await Task.WhenAll(_checks.Select(Look));
        return new DoctorFindings(InOrder(found, Published), [.. InOrder(found, OfHost), .. found.Where(static check => IsOfCaller(check.Name))]);
    }

    private static List<DoctorCheck> InOrder(DoctorCheck[] found, IReadOnlyList<string> names) =>
        [.. names.SelectMany(name => found.Where(check => check.Name == name))];

    private static bool IsOfCaller(string name) => !Published.Contains(name) && !OfHost.Contains(name);

    private async Task<DoctorCheck> Look(IDoctorCheck check)
    {
        var outcome = await Within(_looking.GetOrAdd(check.Name, _ => new(() => Task.Run(() => Begin(check)))).Value);
        return new DoctorCheck { Name = check.Name, Ok = outcome.Ok, Detail = outcome.Detail };
    }

    private async Task<CheckOutcome> Within(Task<CheckOutcome> looking)
    {
        try
        {
            return await looking.WaitAsync(Bound, clock);
        }
        catch (TimeoutException)
        {
            return CheckOutcome.Bad($"no answer within {Bound.TotalSeconds} seconds");
        }
    }

    private async Task<CheckOutcome> Begin(IDoctorCheck check)
    {
        using var over = new CancellationTokenSource(Bound, clock);
        try
        {
            return await check.Look(over.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            return CheckOutcome.Bad($"no answer within {Bound.TotalSeconds} seconds");
        }
        catch (Exception failure)
        {
            NotLooked(failure, check.Name);
            return CheckOutcome.Bad($"could not be looked at: {failure.Message}");
        }
        finally
        {
            _looking.TryRemove(check.Name, out _);
        }
    }
}
