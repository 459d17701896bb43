namespace Orleans;

/// <summary>Calls grains from outside of them: in the silo's process, or over its gateway.</summary>
public interface IClusterClient : IGrainFactory
{
    IServiceProvider ServiceProvider { get; }
}
