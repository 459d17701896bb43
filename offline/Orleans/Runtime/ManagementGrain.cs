namespace Orleans.Runtime;

/// <inheritdoc cref="IManagementGrain"/>
internal sealed class ManagementGrain(SiloRuntime silo, ActivationCollector collector) : Grain, IManagementGrain
{
    public Task ForceActivationCollection(TimeSpan ageLimit)
    {
        collector.Collect(ageLimit);
        return Task.CompletedTask;
    }

    public Task<int> GetTotalActivationCount() => Task.FromResult(silo.Directory.Count);
}
