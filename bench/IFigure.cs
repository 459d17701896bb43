namespace Donmai.Bench;

/// <summary>One thing that is measured.</summary>
internal interface IFigure
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>What is measured against what, in one line.</summary>
    string Summary { get; }

    /// <summary>Measures it. Our side and the baseline take turns, so that other work on the machine meets both.</summary>
    Task<IReadOnlyList<FigureResult>> Measure(CancellationToken cancellation);
}
