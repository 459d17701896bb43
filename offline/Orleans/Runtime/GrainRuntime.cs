namespace Orleans.Runtime;

/// <inheritdoc/>
internal sealed class GrainRuntime(SiloRuntime silo, ILocalSiloDetails details, IGrainFactory grains) : IGrainRuntime
{
    public IGrainFactory GrainFactory => grains;

    public IServiceProvider ServiceProvider => silo.Services;

    public TimeProvider TimeProvider => silo.Clock;

    public string SiloIdentity => details.SiloAddress.ToString();

    public SiloAddress SiloAddress => details.SiloAddress;

    public void DeactivateOnIdle(IGrainContext grainContext) =>
        grainContext.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "the grain asked for it"));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => ((Activation)grainContext).DelayDeactivation(timeSpan);
}
