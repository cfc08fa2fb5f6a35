namespace Penstock.Pipelines.Ports;

/// <summary>Gives ids that nobody else gives. Injected, so that a simulated run can be repeated from its seed.</summary>
public interface IIdSource
{
    /// <summary>A new id: 20 lower-case letters and digits.</summary>
    string Next();
}
