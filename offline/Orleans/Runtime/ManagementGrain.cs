namespace Orleans.Runtime;

/// <inheritdoc cref="IManagementGrain"/>
internal sealed class ManagementGrain(SiloRuntime silo, ActivationCollector collector, ILocalSiloDetails details) : Grain, IManagementGrain
{
    public Task<Dictionary<SiloAddress, SiloStatus>> GetHosts(bool onlyActive = false) =>
        Task.FromResult(new Dictionary<SiloAddress, SiloStatus> { [details.SiloAddress] = SiloStatus.Active });

    public Task ForceActivationCollection(TimeSpan ageLimit)
    {
        collector.Collect(ageLimit);
        return Task.CompletedTask;
    }

    public Task<int> GetTotalActivationCount() => Task.FromResult(silo.Directory.Count);

    public ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        ValueTask.FromResult(silo.Directory.Activations.Select(activation => activation.GrainId).Where(id => id.Type == type).ToList());
}
