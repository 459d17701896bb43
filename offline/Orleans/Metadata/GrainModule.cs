namespace Orleans.Metadata;

/// <summary>What an assembly contributes; generated for every assembly with grains, grain interfaces or serialized types.</summary>
public abstract class GrainModule
{
    public abstract IEnumerable<GrainInterface> Interfaces { get; }

    public abstract IEnumerable<GrainClass> Classes { get; }

    public abstract void RegisterCodecs(Serialization.CodecRegistration codecs);
}
