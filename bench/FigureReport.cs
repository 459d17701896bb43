namespace Donmai.Bench;

/// <summary>What <c>--json</c> writes.</summary>
/// <param name="MeasuredAt">When the run began.</param>
/// <param name="Processors">Processors of the machine.</param>
/// <param name="Results">All lines.</param>
internal sealed record FigureReport(DateTimeOffset MeasuredAt, int Processors, IReadOnlyList<FigureResult> Results);
