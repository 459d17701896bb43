using Donmai.Core.Workareas.Pool;
using Donmai.Workareas;

namespace Donmai.Grains.Workareas;

/// <summary>Brings the news of what became of work on members to their pool.</summary>
internal sealed class SeedNews(IGrainFactory grains) : ISeedNews
{
    public Task Tell(string machine, SeedReport report) => grains.WorkareaPool(machine).Report(report);
}
