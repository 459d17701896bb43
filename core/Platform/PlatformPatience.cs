using System.Globalization;

namespace Donmai.Core.Platform;

/// <summary>The longest time that a machine waits for any one answer of the platform: less than what a call would wait, or nothing.</summary>
/// <param name="longest">Longest time; <see langword="null"/> where every call has its own.</param>
internal sealed class PlatformPatience(TimeSpan? longest)
{
    /// <summary>Whole seconds, 1 to 300. The daemon hands it on to its workers.</summary>
    public const string Variable = "DONMAI_PLATFORM_TIMEOUT_SECONDS";

    private const int MostSeconds = 300;

    /// <summary>What this process was started with.</summary>
    public static PlatformPatience OfThisProcess() => Of(Environment.GetEnvironmentVariable(Variable));

    /// <summary>What a value of <see cref="Variable"/> says; one that says nothing counts as none.</summary>
    public static PlatformPatience Of(string? value) =>
        new(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= MostSeconds
            ? TimeSpan.FromSeconds(seconds)
            : null);

    /// <summary>The time-out of a call that would wait for <paramref name="usual"/>.</summary>
    public TimeSpan Bound(TimeSpan usual) => longest is { } most && most < usual ? most : usual;
}
