using System.Globalization;
using Penstock.Simulator;

namespace Penstock.Cli.Simulation;

/// <summary>Reads faults as people write them: a status, or the way in which an answer is wrong.</summary>
internal static class FaultText
{
    public const string Forms = "a status from 400 to 599, delay, slow, cut or error-body";

    /// <summary>The fault, or null if the text is none.</summary>
    public static Fault? Read(string text) => text switch
    {
        "delay" => new Fault.Delay(TimeSpan.FromSeconds(2)),
        "slow" => new Fault.SlowBody(TimeSpan.FromMilliseconds(200)),
        "cut" => new Fault.CutBody(),
        "error-body" => new Fault.ErrorBody(),
        _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int status) && status is >= 400 and <= 599 ? new Fault.ServerError(status) : null,
    };
}
