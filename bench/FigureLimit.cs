namespace Donmai.Bench;

/// <summary>Which side of its target a figure has to be on.</summary>
internal enum FigureLimit
{
    /// <summary>Not less than the target.</summary>
    AtLeast,

    /// <summary>Not more than the target.</summary>
    AtMost,
}
