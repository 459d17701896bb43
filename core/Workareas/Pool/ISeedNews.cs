using Donmai.Workareas;

namespace Donmai.Core.Workareas.Pool;

/// <summary>Who is told what became of work on the pool's members.</summary>
public interface ISeedNews
{
    /// <summary>Work has ended.</summary>
    /// <param name="machine">The machine whose pool it is.</param>
    /// <param name="report">What became of it.</param>
    Task Tell(string machine, SeedReport report);
}
