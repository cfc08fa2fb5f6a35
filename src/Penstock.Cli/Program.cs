Console.WriteLine("penstock");
