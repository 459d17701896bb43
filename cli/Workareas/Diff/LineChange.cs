namespace Donmai.Cli.Workareas.Diff;

/// <summary>Lines of one side in place of lines of the other. Numbers of lines count from 0.</summary>
/// <param name="StartA">First line that is gone.</param>
/// <param name="CountA">How many are gone.</param>
/// <param name="StartB">First line that came.</param>
/// <param name="CountB">How many came.</param>
internal sealed record LineChange(int StartA, int CountA, int StartB, int CountB)
{
    /// <summary>The line after the last that is gone.</summary>
    public int EndA => StartA + CountA;

    /// <summary>The line after the last that came.</summary>
    public int EndB => StartB + CountB;
}
