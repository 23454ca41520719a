internal import Foundation

/// The documents of one namespace with so many endpoints: Deployments, Services, systems, and a policy on each workload.
struct GeneratedSources {
    static let namespace = "shop"
    private static let endpointsPerPolicy = 10
    private static let applicationsPerSystem = 20

    let text: String

    init(rules count: Int) {
        let workloads = max(2, count / Self.endpointsPerPolicy)
        var documents = [
            """
            apiVersion: v1
            kind: Namespace
            metadata:
              name: \(Self.namespace)
              labels:
                casa.io/injection: enabled
            """
        ]
        for number in 0..<workloads { documents += [Self.deployment(number), Self.service(number)] }
        for first in stride(from: 0, to: workloads, by: Self.applicationsPerSystem) {
            documents.append(Self.system(first..<min(workloads, first + Self.applicationsPerSystem)))
        }
        for number in 0..<workloads {
            let own = count / workloads + (number < count % workloads ? 1 : 0)
            let peers = (0..<own).map { (number + 1 + $0 * 7) % workloads }
            documents.append(Self.policy(number, peers))
        }
        text = documents.joined(separator: "\n---\n") + "\n"
    }

    private static func name(_ number: Int) -> String { "worker-\(number)" }

    private static func port(_ number: Int) -> Int { 8000 + number % 50 }

    private static func deployment(_ number: Int) -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: \(name(number))
          namespace: \(namespace)
        spec:
          replicas: 1
          selector:
            matchLabels:
              app: \(name(number))
          template:
            metadata:
              labels:
                app: \(name(number))
            spec:
              containers:
                - name: main
                  image: registry.example.com/shop/\(name(number)):1.0
                  ports:
                    - name: http
                      containerPort: \(port(number))
                  readinessProbe:
                    tcpSocket:
                      port: http
        """
    }

    private static func service(_ number: Int) -> String {
        """
        apiVersion: v1
        kind: Service
        metadata:
          name: \(name(number))
          namespace: \(namespace)
        spec:
          selector:
            app: \(name(number))
          ports:
            - name: http
              port: \(port(number))
              targetPort: http
        """
    }

    private static func system(_ numbers: Range<Int>) -> String {
        let applications = numbers.map { number in
            """
                - name: \(name(number))
                  type: \(number % 3 == 0 ? "agent" : "mcp_server")
                  kubernetesWorkloadName: \(name(number))
                  baseUrl:
                    host: \(name(number)):\(port(number))
                    scheme: http
            """
                + (number % 3 == 0
                    ? "\n      httpRequestSchema:\n        promptFieldJsonPath: \"{.prompt}\"" : "")
        }
        return """
            apiVersion: casa.io/v1alpha1
            kind: MultiAgentSystem
            metadata:
              name: system-\(numbers.lowerBound)
              namespace: \(namespace)
            spec:
              name: "System \(numbers.lowerBound)"
              apps:
            \(applications.joined(separator: "\n"))
            """
    }

    private static func policy(_ number: Int, _ peers: [Int]) -> String {
        let endpoints = peers.map { "    - {name: \(name($0)), namespace: \(namespace), port: \(port($0))}" }
        return """
            apiVersion: casa.io/v1alpha1
            kind: CASAPolicy
            metadata:
              name: \(name(number))
              namespace: \(namespace)
            spec:
              targetRef:
                kind: Deployment
                name: \(name(number))
              allowedProtocols: [mcp, a2a, http]
              allowedEndpoints:
            \(endpoints.joined(separator: "\n"))
            """
    }
}
