namespace Donmai.Core.Daemon.Updates;

/// <summary>Which version comes after which (daemon-runtime.md §13, "Beyond the reference").</summary>
public static class VersionOrder
{
    /// <summary>Whether a version is one that can be compared; <c>dev</c> and the like are not, and are never updated.</summary>
    public static bool IsRelease(string version) => SemanticVersion.TryParse(version, out _);

    /// <summary>Whether <paramref name="candidate"/> has the higher precedence; never when one of the two is not a version.</summary>
    public static bool IsNewer(string candidate, string current) =>
        SemanticVersion.TryParse(candidate, out var next) && SemanticVersion.TryParse(current, out var now) && next.ComparePrecedence(now) > 0;

    /// <summary>Whether two versions have the same precedence; what is not a version is only itself.</summary>
    public static bool IsSame(string? left, string? right) =>
        SemanticVersion.TryParse(left, out var one) && SemanticVersion.TryParse(right, out var other)
            ? one.ComparePrecedence(other) == 0
            : left == right;

    /// <summary>Whether two texts name exactly one version; only a leading <c>v</c> does not count.</summary>
    public static bool IsExactly(string left, string right) => WithoutPrefix(left).SequenceEqual(WithoutPrefix(right));

    private static ReadOnlySpan<char> WithoutPrefix(string version) => version.StartsWith('v') ? version.AsSpan(1) : version;
}
