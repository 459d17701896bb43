namespace Donmai.EndToEnd.Tests.Daemon;

/// <summary>A fact that needs a disk of its own; skipped, with the reason, where none can be mounted.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SkippableOnDiskFactAttribute : FactAttribute
{
    private static readonly bool Possible = SmallDisk.IsPossible();

    public SkippableOnDiskFactAttribute() => Skip = Possible ? null : "mounting a small tmpfs needs root on Linux";
}
